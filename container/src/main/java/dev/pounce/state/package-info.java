/** Tables of states. */
@NullMarked
package dev.pounce.state;

import org.jspecify.annotations.NullMarked;
