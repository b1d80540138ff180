/** What an application declares: immutable records, and the reader of deployment descriptors. */
package dev.pounce.servlet.model;
