/** Webapps as people have them, used over HTTP as people use them. */
package dev.pounce.conformance;
