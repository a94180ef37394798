package dev.banyan.gateway.path;

import dev.banyan.nginx.NginxConf;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: what a gateway is told to serve requests without Lua.
 *
 * @param pipelines the declared pipelines of a configuration, asked for at each reload
 * @param served told of each client's request that met a handler, at its end, why it was in Lua:
 *     empty for one that was not
 * @param shadow runs sampled requests of the old path through the new one; null for none
 */
public record NewPath(
    Function<NginxConf, Pipelines> pipelines,
    Consumer<List<String>> served,
    @Nullable PathShadow shadow) {
  /** Without a shadow. */
  public NewPath(Function<NginxConf, Pipelines> pipelines, Consumer<List<String>> served) {
    this(pipelines, served, null);
  }
}
