/**
 * Registries over HTTP. Decides which dialect a URI speaks; start at {@link
 * io.evenkeel.http.HttpRegistries}. Most users only put this module on the class path and call
 * {@code Registries.connect}.
 */
@NullMarked
package io.evenkeel.http;

import org.jspecify.annotations.NullMarked;
