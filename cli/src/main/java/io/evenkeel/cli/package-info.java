/** The {@code evenkeel} command. Decides what is typed and printed; start at {@code Evenkeel}. */
@NullMarked
package io.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
