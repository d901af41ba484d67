import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Interfaces that proxies implement, and annotations, whose elements are arrays. */
public class ProxiesProgram {
    /** All callers of its methods are seen, but not all that implements it. */
    interface Turn {
        long[] turn(long[] given);

        int size();
    }

    static class Turner implements Turn {
        private long[] kept = {1, 2, 3};
        private long[] given = {4, 5};

        @Override
        public long[] turn(long[] given) {
            long[] before = kept;
            kept = given;
            return before;
        }

        @Override
        public int size() {
            return kept.length;
        }

        long[] through(Turn other) {
            given = other.turn(given);
            return other.turn(given);
        }
    }

    /** Its proxies are made where its name does not stand. */
    public interface Sum {
        long sum(long[] given);

        int calls();
    }

    public static class Summer implements Sum {
        private int[] calls = new int[1];

        @Override
        public long sum(long[] given) {
            calls[0]++;
            long sum = 0;
            for (long l : given) {
                sum += l;
            }
            given[0]++;
            return sum;
        }

        @Override
        public int calls() {
            return calls[0];
        }
    }

    static class Asking {
        private final long[] cells = {7, 8, 9, 10};

        void ask(Sum sum) {
            System.out.println(sum.sum(cells) + " " + sum.calls() + " " + cells[0]);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {
        long[] marks() default {};

        int other() default 3;
    }

    @Marked(marks = {11, 12})
    static class Reader {
        private long[] marks = Reader.class.getAnnotation(Marked.class).marks();

        void print() {
            marks[1] *= 2;
            System.out.println(marks.length + " " + marks[0] + " " + marks[1]);
            System.out.println(Reader.class.getAnnotation(Marked.class));
        }
    }

    public static void main(String[] arguments) {
        Turner turner = new Turner();
        System.out.println(Arrays.toString(turner.through(turner)) + turner.size());
        InvocationHandler looking =
                (proxy, method, given) -> given == null ? 5 : Arrays.copyOf((long[]) given[0], 3);
        Turn turn =
                (Turn)
                        java.lang.reflect.Proxy.newProxyInstance(
                                ProxiesProgram.class.getClassLoader(),
                                new Class<?>[] {Turn.class},
                                looking);
        System.out.println(Arrays.toString(new Turner().through(turn)) + turn.size());

        Summer summer = new Summer();
        new Asking().ask(summer);
        new Asking().ask((Sum) Passing.on(summer));
        new Reader().print();
    }

    /** Makes proxies of what it does not know. */
    static class Passing {
        static Object on(Object target) {
            return java.lang.reflect.Proxy.newProxyInstance(
                    target.getClass().getClassLoader(),
                    target.getClass().getInterfaces(),
                    (proxy, method, given) -> {
                        try {
                            return method.invoke(target, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
