/**
 * This process and others, as the operating system sees them: who runs, who has a folder, and what
 * a service manager is told.
 */
package dev.pounce.process;
