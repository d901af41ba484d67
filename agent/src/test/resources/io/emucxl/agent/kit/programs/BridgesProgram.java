import java.math.BigInteger;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Arrays that the JDK's methods fill, empty or read within the call. */
public class BridgesProgram {
    private byte[] bytes = new byte[20000];
    private char[] chars = new char[3000];
    private int[] ints = new int[3000];
    private long[] longs = new long[3000];
    private double[] doubles = new double[3000];
    private byte[] noBytes;
    private LongBuffer none;
    private StringBuilder nothing;

    interface Step {
        Object run();
    }

    private static void say(Step step) {
        try {
            System.out.println(step.run());
        } catch (BufferOverflowException
                | BufferUnderflowException
                | ReadOnlyBufferException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            System.out.println(e.getClass() + ": " + e.getMessage());
        }
    }

    private void buffers() {
        ByteBuffer b = ByteBuffer.allocate(50000);
        for (int i = 0; i < b.capacity(); i++) {
            b.put(i, (byte) (i * 7));
        }
        say(() -> b.get(bytes) == b);
        System.out.println(b.position() + " " + Arrays.hashCode(bytes));
        say(() -> b.get(bytes, 17, 19000).position());
        System.out.println(Arrays.hashCode(bytes));
        say(() -> b.get(bytes));
        say(() -> b.get(bytes, 19999, 2));
        say(() -> b.get(bytes, -1, 2));
        say(() -> b.get(bytes, 5, 0).position());
        say(() -> b.get(noBytes));
        say(() -> b.get(noBytes, 0, 1));
        System.out.println(b.position() + " " + Arrays.hashCode(bytes));
        ByteBuffer direct = ByteBuffer.allocateDirect(30000);
        say(() -> direct.put(bytes).position());
        say(() -> direct.put(bytes, 3, 5000).put(bytes, 1, 1).position());
        say(() -> direct.put(bytes));
        say(() -> direct.put(bytes, 1, 20000));
        say(() -> direct.asReadOnlyBuffer().put(bytes));
        say(() -> direct.asReadOnlyBuffer().put(bytes, 0, 0));
        say(() -> direct.asReadOnlyBuffer().put(bytes, 9, -1));
        direct.flip();
        System.out.println(direct.limit() + " " + direct.hashCode());
        LongBuffer l = LongBuffer.allocate(9000);
        longs[5] = 55;
        say(() -> l.put(longs).put(longs, 2, 4).position());
        say(() -> none.get(longs));
        say(() -> none.put(longs, 1, 2));
        l.flip();
        longs[5] = 0;
        say(() -> l.get(longs, 1, 2999).remaining());
        System.out.println(longs[6] + " " + longs[5]);
        IntBuffer n = IntBuffer.wrap(new int[] {4, 5, 6}).asReadOnlyBuffer();
        say(() -> n.get(ints, 2998, 2).remaining());
        say(() -> n.get(ints, 0, 2));
        System.out.println(ints[2998] + ints[2999]);
        CharBuffer c = CharBuffer.wrap("regions and tiers");
        say(() -> c.get(chars, 1, 7));
        say(() -> c.put(chars));
        System.out.println(chars[1] + "" + chars[7]);
        DoubleBuffer d = direct.asDoubleBuffer();
        say(() -> d.get(doubles, 0, 700).position());
        System.out.println(Arrays.hashCode(doubles));
    }

    private void texts() {
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ('a' + i % 26);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('A' + i % 26);
        }
        say(() -> new String(chars).hashCode());
        say(() -> new String(chars, 2990, 9));
        say(() -> new String(chars, 0, 3) + String.valueOf(chars, 26, 4));
        say(() -> new String(chars, 2990, 11));
        say(() -> new String(chars, -1, 1));
        say(() -> String.valueOf(chars).length() + String.copyValueOf(chars, 5, 1));
        say(() -> new String(bytes, 100, 5, StandardCharsets.US_ASCII));
        say(() -> new String(bytes, StandardCharsets.UTF_8).hashCode());
        say(() -> new String(bytes, 20000, 1, StandardCharsets.UTF_8));
        say(() -> new String(noBytes, 1, 1));
        say(() -> new StringBuilder("<").append(chars, 3, 4).insert(1, chars, 0, 2).append('>'));
        say(() -> new StringBuilder().append(chars).length());
        say(() -> new StringBuilder().append(chars, 2999, 2));
        say(() -> nothing.append(chars, 0, 1));
        say(() -> Character.codePointAt(chars, 3));
        say(() -> new BigInteger(bytes).bitLength());
        say(() -> BitSet.valueOf(longs).cardinality());
        longs[7] = 3;
        LongStream stream = LongStream.of(longs);
        longs[8] = 4;
        say(stream::sum);
        say(() -> IntStream.of(ints).limit(2999).max().getAsInt());
    }

    public static void main(String[] args) {
        BridgesProgram p = new BridgesProgram();
        p.buffers();
        p.texts();
    }
}
