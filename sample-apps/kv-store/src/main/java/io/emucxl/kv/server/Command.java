package io.emucxl.kv.server;

/**
 * One command of the protocol.
 *
 * @param arity how many arguments it takes, its name among them; negative for at least so many
 * @param action carries it out
 */
record Command(int arity, Action action) {

    /** Carries a command out. */
    @FunctionalInterface
    interface Action {
        /**
         * Carries the command out and writes one reply, as the last thing it does.
         *
         * @param arguments the command's name and its arguments, as many as its arity says
         * @param out takes the reply
         * @throws CommandException to reply an error instead
         */
        void run(byte[][] arguments, Replies out);
    }

    boolean accepts(int arguments) {
        return arity < 0 ? arguments >= -arity : arguments == arity;
    }
}
