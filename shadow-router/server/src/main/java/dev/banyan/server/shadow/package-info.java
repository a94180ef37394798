/**
 * Runs candidates after the control has answered, on threads of their own. Start reading at {@link
 * dev.banyan.server.shadow.ShadowExecutor}.
 */
@NullMarked
package dev.banyan.server.shadow;

import org.jspecify.annotations.NullMarked;
