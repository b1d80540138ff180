/**
 * The requests and responses that servlets see: two façades, and a class for each topic that they
 * delegate to.
 */
package dev.pounce.servlet.http;
