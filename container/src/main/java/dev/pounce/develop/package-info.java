/** What developers see of their application's errors, while they develop it. */
package dev.pounce.develop;
