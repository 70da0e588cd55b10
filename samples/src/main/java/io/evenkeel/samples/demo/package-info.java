/**
 * The demo: real HTTP traffic over real instances while some of them misbehave, with every strategy
 * in turn. {@link io.evenkeel.samples.demo.Demo} runs the rounds; a {@code Round} is one
 * strategy's.
 */
@NullMarked
package io.evenkeel.samples.demo;

import org.jspecify.annotations.NullMarked;
