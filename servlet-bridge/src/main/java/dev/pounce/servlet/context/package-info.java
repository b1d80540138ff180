/**
 * One application: its ServletContext, what is registered in it, its attributes, listeners and
 * files. Knows no request.
 */
package dev.pounce.servlet.context;
