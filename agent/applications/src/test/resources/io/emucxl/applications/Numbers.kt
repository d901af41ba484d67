package numbers

import kotlin.concurrent.thread

/** What Kotlin makes of arrays: properties, accessors, lambdas, inline functions, coroutines. */
open class Table(size: Int) {
    private var cells = LongArray(size) { it * 3L }
    protected val marks = BooleanArray(size)
    private lateinit var late: DoubleArray
    private val weights by lazy { FloatArray(size) { it / 2f } }
    private var rows = Array(4) { IntArray(size) }
    private val unsigned = UIntArray(size) { it.toUInt() * 3_000_000_000u }

    fun fill(from: Int = 0, to: Int = cells.size, step: Long = 7L) {
        for (i in from until to) {
            cells[i] += step
            marks[i] = cells[i] % 2 == 0L
            rows[i % rows.size][i] = i
        }
    }

    fun useLate(scale: Double) {
        if (!this::late.isInitialized) {
            late = DoubleArray(cells.size)
        }
        late.indices.forEach { late[it] = cells[it] * scale }
    }

    inline fun each(action: (Int) -> Unit) {
        for (i in 0 until size()) action(i)
    }

    fun size() = cells.size

    open fun sum(): Long {
        val adder = { i: Int -> cells[i] + (if (marks[i]) 1 else 0) }
        var sum = 0L
        each { sum += adder(it) }
        return sum + late.sum().toLong() + rows.sumOf { row -> row[row.size - 1] } + unsigned[9].toLong()
    }

    fun weight(): Float = weights[weights.size - 1]

    fun grown(): Table = apply { cells = cells.copyOf(cells.size * 2) }.also { rows = rows.copyOf() }

    private inner class Cursor(var at: Int) : Iterator<Long> {
        override fun hasNext() = at < cells.size
        override fun next() = cells[at++]
    }

    fun walk(from: Int): Iterator<Long> = Cursor(from)

    fun steps() = sequence {
        for (i in cells.indices step cells.size / 4) {
            yield(cells[i])
        }
    }

    companion object {
        private val primes = intArrayOf(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53)

        fun first(table: Table) = table.cells[0] + primes[table.cells.size % primes.size]

        fun swap(one: Table, other: Table) {
            val kept = one.cells
            one.cells = other.cells
            other.cells = kept
        }
    }
}

class Marked(size: Int) : Table(size) {
    override fun sum(): Long = super.sum() * 2 + marks.count { it }
}

/** Its components are handed to everybody. */
data class Shown(val bytes: ByteArray, val name: String)

private val shared = CharArray(200) { 'a' + it % 26 }

private class Speaker {
    fun word(at: Int) = String(shared, at, 6)

    fun says(at: Int) = { shared[at].uppercaseChar() }()
}

private fun LongArray.turned(by: Int): Long {
    var mixed = 0L
    for (i in indices) mixed = mixed * 31 + this[(i + by) % size]
    return mixed
}

private object Totals {
    val totals = LongArray(32)

    fun add(at: Int, value: Long) {
        totals[at] += value
    }
}

fun main() {
    val table = Marked(1000)
    table.fill()
    table.fill(from = 10, step = 100)
    table.useLate(0.5)
    println(table.sum())
    println(table.weight())
    println(table.grown().size())
    println(table.walk(995).asSequence().joinToString())
    println(table.steps().toList())
    val other = Table(50)
    Table.swap(table, other)
    println("${Table.first(table)} ${Table.first(other)} ${table.size()}")
    println(Speaker().word(30) + Speaker().says(3))
    println(Shown(ByteArray(100), "shown").copy(name = "again").bytes.size)
    println(LongArray(77) { it * it.toLong() }.turned(5))
    List(4) { n -> thread { Totals.add(n, n * 5L) } }.forEach { it.join() }
    println((0..3).map { Totals.totals[it] })
    try {
        table.fill(to = 5000)
    } catch (e: ArrayIndexOutOfBoundsException) {
        println(e.message)
    }
    try {
        Table(3).sum()
    } catch (e: UninitializedPropertyAccessException) {
        println(e.message)
    }
}
