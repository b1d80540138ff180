/** Non-blocking streams (Servlet specification, section 3.7): what waits in a listener's stead. */
@NullMarked
package dev.pounce.servlet.io;

import org.jspecify.annotations.NullMarked;
