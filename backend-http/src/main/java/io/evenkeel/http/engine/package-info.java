/**
 * What all dialects over HTTP share. Decides how a request is bounded, when an answer is believed
 * and how an error is named; start at {@link io.evenkeel.http.engine.HttpServiceRegistry} and
 * {@link io.evenkeel.http.engine.Dialect}. Not exported.
 */
@NullMarked
package io.evenkeel.http.engine;

import org.jspecify.annotations.NullMarked;
