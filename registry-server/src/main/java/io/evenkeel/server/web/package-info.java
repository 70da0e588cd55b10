/**
 * HTTP as every dialect needs it. Decides what reaches a handler: routed, authorised, bounded in
 * size and time; start at {@link io.evenkeel.server.web.Listener}. Event loop only, not exported.
 */
@NullMarked
package io.evenkeel.server.web;

import org.jspecify.annotations.NullMarked;
