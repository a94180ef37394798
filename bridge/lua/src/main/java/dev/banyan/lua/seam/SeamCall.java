package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.World;
import java.time.Clock;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** Owned by its request's loop: one call from Lua to a function that has a port. */
public final class SeamCall {
  private final String module;
  private final String function;
  private final RequestHost request;
  private final Varargs args;
  private final LuaTable table;
  private final World world;

  SeamCall(
      String module,
      String function,
      RequestHost request,
      Varargs args,
      LuaTable table,
      World world) {
    this.module = module;
    this.function = function;
    this.request = request;
    this.args = args;
    this.table = table;
    this.world = world;
  }

  /** A field of the module: string, double, boolean, view or null. */
  public @Nullable Object field(String name) {
    return JavaValues.toJava(table.rawget(name));
  }

  /** The worker's cached time. */
  public Clock clock() {
    return new LiveClock(world);
  }

  /** Draws from {@code math.random}. */
  public Randomness randomness() {
    return world::draw;
  }

  /**
   * A shared dict.
   *
   * @param written told after each change, from which there is no way back to Lua
   * @throws IllegalStateException when the configuration has none of that name
   */
  public Dict dict(String name, Runnable written) {
    return new LiveDict(
        world,
        world
            .dict(name)
            .orElseThrow(
                () -> new IllegalStateException("lua_shared_dict " + name + " is not configured")),
        written);
  }

  /** Notes something in the journals under way, where it weighs about so many octets. */
  public void note(Journal.Entry entry, int weight) {
    world.note(weight, () -> entry);
  }

  /** A number that tells a socket from others in the journals. */
  public long nextSocket() {
    return world.nextSocket();
  }

  World world() {
    return world;
  }

  /** The module that was called. */
  public String module() {
    return module;
  }

  /** Its function. */
  public String function() {
    return function;
  }

  /** The request that calls. */
  public RequestHost request() {
    return request;
  }

  /** The arguments as Java sees them, converted as they are read; tables are lazy views. */
  public List<@Nullable Object> arguments() {
    return new Arguments(args);
  }

  /** Owned by one call: Lua's arguments as a list. */
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

  /** The arguments in a form that outlives the call. */
  public List<@Nullable Object> lastingArguments() {
    List<@Nullable Object> lasting = new ArrayList<>();
    for (Object value : arguments()) {
      lasting.add(JavaValues.lasting(value));
    }
    return lasting;
  }

  /** The value at a key of {@code ngx.ctx}. */
  public @Nullable Object ctx(String key) {
    return JavaValues.toJava(RequestContext.get(request, key));
  }
}
