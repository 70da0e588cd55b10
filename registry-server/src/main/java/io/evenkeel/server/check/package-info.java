/**
 * Checks that the server makes itself. Decides what may be called, when, and what an answer means;
 * start at {@link io.evenkeel.server.check.CheckRunner}. Event loop only, not exported.
 */
@NullMarked
package io.evenkeel.server.check;

import org.jspecify.annotations.NullMarked;
