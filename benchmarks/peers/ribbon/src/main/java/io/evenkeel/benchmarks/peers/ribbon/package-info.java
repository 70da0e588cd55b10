/** Ribbon's rules, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.ribbon;

import org.jspecify.annotations.NullMarked;
