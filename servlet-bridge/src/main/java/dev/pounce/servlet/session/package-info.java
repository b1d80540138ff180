/**
 * HTTP sessions (Servlet specification, chapter 7): their lives and expiry in one manager for each
 * application, and how a request finds its session.
 */
package dev.pounce.servlet.session;
