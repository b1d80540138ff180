/** The parts of multipart/form-data requests (Servlet specification, section 3.2; RFC 7578). */
package dev.pounce.servlet.parts;
