/**
 * The {@code ngx.*} API, one class per namespace, on top of the request that {@code RequestHost}
 * describes.
 */
@NullMarked
package dev.banyan.lua.ngx;

import org.jspecify.annotations.NullMarked;
