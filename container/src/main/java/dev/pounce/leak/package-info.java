/**
 * What an application leaves behind in the JVM when it is undeployed, and would keep its class
 * loader alive: it is taken away where that is safe, and named where it is not.
 */
package dev.pounce.leak;
