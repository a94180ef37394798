/**
 * What several ports of the sample edge share, as {@code edge.util} is shared in Lua. Compiled into
 * each port's jar, because a port sees its own jar alone. Depends on the JDK and the API.
 */
@NullMarked
package dev.banyan.modules.edge;

import org.jspecify.annotations.NullMarked;
