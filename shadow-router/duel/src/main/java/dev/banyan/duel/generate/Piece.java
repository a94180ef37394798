package dev.banyan.duel.generate;

import java.util.List;
import java.util.Random;

/** A part of a regex, as far as it says which texts it takes. */
sealed interface Piece {
  /** Repetitions that are written without an upper bound get so many more. */
  int OPEN = 3;

  /** How often what may be repeated is. */
  enum Extent {
    LEAST,
    ANY,
    MOST
  }

  /** Adds a text that this piece takes. */
  void write(StringBuilder out, Random random, Extent extent);

  /** One octet of some. */
  record OneOf(String octets) implements Piece {
    @Override
    public void write(StringBuilder out, Random random, Extent extent) {
      if (!octets.isEmpty()) {
        out.append(octets.charAt(random.nextInt(octets.length())));
      }
    }
  }

  /** One after the other. */
  record Sequence(List<Piece> pieces) implements Piece {
    @Override
    public void write(StringBuilder out, Random random, Extent extent) {
      pieces.forEach(piece -> piece.write(out, random, extent));
    }
  }

  /** One of several. */
  record Choice(List<Piece> pieces) implements Piece {
    @Override
    public void write(StringBuilder out, Random random, Extent extent) {
      pieces.get(random.nextInt(pieces.size())).write(out, random, extent);
    }
  }

  /** Something several times; {@code most} is negative without a bound. */
  record Repeat(Piece piece, int least, int most) implements Piece {
    private static final int USUAL = 12;

    @Override
    public void write(StringBuilder out, Random random, Extent extent) {
      int top = most < 0 ? least + OPEN : most;
      int count =
          switch (extent) {
            case LEAST -> least;
            case ANY -> least + random.nextInt(Math.min(top - least, USUAL) + 1);
            case MOST -> top;
          };
      for (int i = 0; i < count; i++) {
        piece.write(out, random, extent);
      }
    }
  }
}
