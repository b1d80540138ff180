/** Passwords as they are stored: hashes of them, and what proves that somebody knows one. */
@org.jspecify.annotations.NullMarked
package dev.pounce.password;
