/**
 * Static files: which file a path stands for, its validators and its media type. Knows folders and
 * exchanges, but no webapp.
 */
package dev.pounce.files;
