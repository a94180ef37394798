/** Tests of the inventory. */
@NullMarked
package dev.banyan.server.inventory;

import org.jspecify.annotations.NullMarked;
