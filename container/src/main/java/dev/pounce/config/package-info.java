/**
 * The configuration of a server as validated records. What there is to set is declared once, by the
 * records' components and their {@link dev.pounce.config.Setting}s.
 */
package dev.pounce.config;
