/** Servlet applications from what they declare to what runs, and to their end. */
package dev.pounce.servlet.deploy;
