package dev.pounce.servlet.http;

/** What the server itself keeps with a session, unseen by the application. */
public interface SessionNote {}
