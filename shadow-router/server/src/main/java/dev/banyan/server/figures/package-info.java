/**
 * Figures as the admin API, the dashboard and the commands show them. Start reading at {@link
 * dev.banyan.server.figures.Figures}.
 */
@NullMarked
package dev.banyan.server.figures;

import org.jspecify.annotations.NullMarked;
