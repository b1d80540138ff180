/**
 * From a path to filters and a servlet: the compiled table of an application, its dispatchers, the
 * life of a request and its error pages.
 */
package dev.pounce.servlet.dispatch;
