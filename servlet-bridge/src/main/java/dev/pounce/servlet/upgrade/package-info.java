/**
 * Connections that a servlet has upgraded to another protocol (Servlet specification, section
 * 2.3.3.5).
 */
@NullMarked
package dev.pounce.servlet.upgrade;

import org.jspecify.annotations.NullMarked;
