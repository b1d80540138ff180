/** Commands to a running server, over a Unix domain socket that only its user can open. */
package dev.pounce.control;
