/** Webapps of the {@code javax.servlet} API, converted by Apache's migration tool. */
@NullMarked
package dev.pounce.migration;

import org.jspecify.annotations.NullMarked;
