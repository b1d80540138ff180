/**
 * Security (Servlet specification, chapter 13): constraints, users and how they prove who they are.
 */
package dev.pounce.servlet.security;
