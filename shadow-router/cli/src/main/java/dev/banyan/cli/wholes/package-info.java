/**
 * Shows again how the paths differ on a whole request, without a server and without network, makes
 * the request smaller, and keeps it as a case of a duel. Start reading at {@link
 * dev.banyan.cli.wholes.RequestReproduction}.
 */
@NullMarked
package dev.banyan.cli.wholes;

import org.jspecify.annotations.NullMarked;
