package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.World;
import java.time.Clock;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** Owned by its request's loop: a call that Lua makes. */
abstract class LuaCall implements SeamCall {
  private final CallSite site;
  private final RequestHost request;
  private final Varargs args;
  private final World world;

  LuaCall(CallSite site, RequestHost request, Varargs args, World world) {
    this.site = site;
    this.request = request;
    this.args = args;
    this.world = world;
  }

  /** What {@code require} answers for the module. */
  abstract LuaTable table();

  @Override
  public @Nullable Object field(String name) {
    return JavaValues.toJava(table().rawget(name));
  }

  @Override
  public Clock clock() {
    return new LiveClock(world);
  }

  @Override
  public Randomness randomness() {
    return world::draw;
  }

  @Override
  public Dict dict(String name, Runnable written) {
    return LiveDict.of(world, name, written);
  }

  @Override
  public void note(Journal.Entry entry, int weight) {
    world.note(weight, () -> entry);
  }

  @Override
  public long nextSocket() {
    return world.nextSocket();
  }

  /** The arguments as Lua gave them. */
  final Varargs args() {
    return args;
  }

  @Override
  public CallSite site() {
    return site;
  }

  @Override
  public RequestHost request() {
    return request;
  }

  @Override
  public List<@Nullable Object> arguments() {
    return new Arguments(args);
  }

  /** Owned by one call: Lua's arguments as a list, converted as they are read. */
  private static final class Arguments extends AbstractList<@Nullable Object> {
    private final Varargs args;

    Arguments(Varargs args) {
      this.args = args;
    }

    @Override
    public @Nullable Object get(int index) {
      return JavaValues.toJava(args.arg(index + 1));
    }

    @Override
    public int size() {
      return args.narg();
    }
  }

  @Override
  public KeptValues keptArguments() {
    return KeptValues.of(args);
  }

  @Override
  public @Nullable Object ctx(String key) {
    return JavaValues.toJava(RequestContext.get(request, key));
  }

  final World world() {
    return world;
  }
}
