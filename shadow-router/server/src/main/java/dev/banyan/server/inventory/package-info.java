/**
 * Tells what a legacy consists of, from its text alone. Start reading at {@link
 * dev.banyan.server.inventory.Inventory}.
 */
@NullMarked
package dev.banyan.server.inventory;

import org.jspecify.annotations.NullMarked;
