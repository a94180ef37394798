package dev.banyan.lua.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random programs on real LuaJIT and on Banyan. {@code -Dbanyan.random-programs=N} sets how many,
 * {@code endless} goes on until a difference is found; {@code -Dbanyan.random-seed} where to start.
 */
class RandomProgramsTest {
  @Test
  void random_programs_give_what_luajit_gives() {
    String budget = System.getProperty("banyan.random-programs", "2000");
    long count = budget.equals("endless") ? Long.MAX_VALUE : Long.parseLong(budget);
    long seed = Long.getLong("banyan.random-seed", 1);
    try (Prober luajit = new LuaJitProber();
        Prober banyan = new BanyanProber()) {
      for (long i = 0; i < count; i++) {
        String program = new ProgramGenerator(seed + i).program();
        assertThat(banyan.probe(program))
            .as("program of seed %d:%n%s", seed + i, program)
            .isEqualTo(luajit.probe(program));
      }
    }
    System.out.printf("differential random: %d programs from seed %d, 0 differ%n", count, seed);
  }
}
