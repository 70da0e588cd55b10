/** Armeria's endpoint groups, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.armeria;

import org.jspecify.annotations.NullMarked;
