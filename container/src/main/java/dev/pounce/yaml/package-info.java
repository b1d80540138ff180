/** Configuration files: from YAML to values of settings, with every problem and its place. */
package dev.pounce.yaml;
