/** Asynchronous processing (Servlet specification, section 2.3.3.3): its states and listeners. */
package dev.pounce.servlet.async;
