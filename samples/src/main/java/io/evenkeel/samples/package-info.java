/** Small programs that show one thing each; the README's code is copied from here. */
@NullMarked
package io.evenkeel.samples;

import org.jspecify.annotations.NullMarked;
