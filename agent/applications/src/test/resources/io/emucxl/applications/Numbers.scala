package numbers

/** What Scala makes of arrays: traits with fields, objects, closures, matches, lazy values. */
trait Counting:
  protected val counts: Array[Int] = new Array[Int](64)
  def count(at: Int): Unit = counts(at) += 1
  def counted: Int =
    var sum = 0
    var i = 0
    while i < counts.length do
      sum += counts(i)
      i += 1
    sum

class Table(size: Int) extends Counting:
  private var cells = Array.tabulate(size)(_ * 3L)
  private[this] val marks = new Array[Boolean](size)
  private var rows = Array.ofDim[Int](4, size)
  private lazy val weights = new Array[Float](size)

  def fill(from: Int = 0, to: Int = cells.length, step: Long = 7L): Unit =
    for i <- from until to do
      cells(i) += step
      marks(i) = cells(i) % 2 == 0
      rows(i % rows.length)(i) = i
      count(i % 64)

  def sum: Long =
    var sum = 0L
    for i <- 0 until size do sum += cells(i) + (if marks(i) then 1 else 0)
    rows.foreach(row => sum += row(row.length - 1))
    sum + counted

  def weight(at: Int): Float =
    weights(at) += 1.5f
    weights(at)

  def grow(): Unit = cells = java.util.Arrays.copyOf(cells, cells.length * 2)

  private class Cursor(var at: Int) extends Iterator[Long]:
    def hasNext = at < cells.length
    def next() =
      at += 1
      cells(at - 1)

  def walk(from: Int): Iterator[Long] = Cursor(from)

  def found(value: Long): String = (0 until cells.length).find(cells(_) == value) match
    case None => "nowhere"
    case Some(0) => "first"
    case Some(n) if n > 100 => s"far: $n"
    case Some(n) => s"near: $n"

object Table:
  private val primes = Array(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53)
  def first(table: Table): Long = table.cells(0) + primes(table.cells.length % primes.length)
  def swap(one: Table, other: Table): Unit =
    val kept = one.cells
    one.cells = other.cells
    other.cells = kept

/** Everybody may read its array. */
case class Shown(bytes: Array[Byte], name: String)

extension (array: Array[Long])
  def turned(by: Int): Long =
    array.indices.foldLeft(0L)((mixed, i) => mixed * 31 + array((i + by) % array.length))

final class Ring private (private val slots: Array[Double], var head: Int):
  def this(size: Int) = this(new Array[Double](size), 0)
  def push(value: Double): Ring =
    slots(head) = value
    head = (head + 1) % slots.length
    this
  def mean: Double =
    @annotation.tailrec
    def loop(i: Int, sum: Double): Double = if i == slots.length then sum / i else loop(i + 1, sum + slots(i))
    loop(0, 0)

@main def program(): Unit =
  val table = Table(1000)
  table.fill()
  table.fill(from = 10, step = 100)
  println(table.sum)
  println(table.weight(7) + table.weight(7))
  table.grow()
  println(table.walk(1995).mkString(","))
  println(List(7L, 10L, 2000L, 3104L).map(table.found))
  val other = Table(50)
  Table.swap(table, other)
  println((Table.first(table), Table.first(other)))
  println(Shown(new Array[Byte](100), "shown").copy(name = "again").bytes.length)
  println(Array.tabulate(77)(i => i.toLong * i).turned(5))
  println((1 to 100).foldLeft(Ring(64))((ring, i) => ring.push(i / 4.0)).mean)
  try table.fill(to = 5000)
  catch case e: ArrayIndexOutOfBoundsException => println(e.getMessage)
