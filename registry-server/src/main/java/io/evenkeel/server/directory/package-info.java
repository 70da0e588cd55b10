/**
 * The registry as the dialects see it. Decides which rows there are, who may change them, what
 * their checks make of them and who is told of a change; start at {@link
 * io.evenkeel.server.directory.Directory}. Event loop only, not exported.
 */
@NullMarked
package io.evenkeel.server.directory;

import org.jspecify.annotations.NullMarked;
