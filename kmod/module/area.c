// SPDX-License-Identifier: GPL-2.0
/*
 * Areas: taking pages from a node, and giving them back.
 */
#include <linux/gfp.h>
#include <linux/interval_tree_generic.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "emucxl.h"

/*
 * The kernel's own search in a mapping's tree of VMAs is not exported; this is
 * the same function made once more from its template.
 */
static unsigned long vma_first(struct vm_area_struct *vma)
{
	return vma->vm_pgoff;
}

static unsigned long vma_last(struct vm_area_struct *vma)
{
	return vma->vm_pgoff + vma_pages(vma) - 1;
}

INTERVAL_TREE_DEFINE(struct vm_area_struct, shared.rb, unsigned long,
		     shared.rb_subtree_last, vma_first, vma_last,
		     static __maybe_unused, emucxl_vmas)

/*
 * Page offsets given to areas so far. They start beyond all node numbers, so
 * that no VMA of an area continues the offset that a caller asks for.
 */
static atomic64_t offsets = ATOMIC64_INIT(1UL << 20);

#define TAKE_FLAGS	(GFP_USER | __GFP_ACCOUNT | __GFP_THISNODE | __GFP_NOWARN)

struct page *emucxl_take_page(unsigned int nid, bool zeroed)
{
	struct folio *folio;

	if (emucxl_inject_failure())
		return NULL;
	/* RETRY_MAYFAIL: reclaim in earnest, but kill nobody. */
	folio = __folio_alloc_node(TAKE_FLAGS | __GFP_RETRY_MAYFAIL |
				   (zeroed ? __GFP_ZERO : 0), 0, nid);
	return folio ? &folio->page : NULL;
}

/* NULL is no failure: the caller takes small pages. */
struct folio *emucxl_take_huge(unsigned int nid, bool zeroed)
{
	if (!IS_ENABLED(CONFIG_TRANSPARENT_HUGEPAGE) || !READ_ONCE(emucxl_huge))
		return NULL;
	if (emucxl_inject_failure())
		return NULL;
	return __folio_alloc_node(TAKE_FLAGS | __GFP_NORETRY |
				  (zeroed ? __GFP_ZERO : 0),
				  EMUCXL_HUGE_ORDER, nid);
}

bool emucxl_page_is_huge(struct page *page)
{
	return folio_order(page_folio(page)) == EMUCXL_HUGE_ORDER;
}

/*
 * Give back the pages [from, to). Huge ones must lie in the range as a whole.
 * The charges go node by node, as a migrated area may have pages on several.
 */
static void release_pages_of(struct emucxl_area *area, unsigned long from,
			     unsigned long to)
{
	unsigned long i = from, n;

	while (i < to) {
		struct page *page = area->pages[i];
		unsigned int nid;

		if (!page) {
			i++;
			continue;
		}
		n = 1;
		nid = page_to_nid(page);
		if (emucxl_page_is_huge(page)) {
			n = EMUCXL_HUGE_PAGES;
			emucxl_count_huge(nid, -(long)n);
		}
		memset(&area->pages[i], 0, n * sizeof(*area->pages));
		folio_put(page_folio(page));
		emucxl_uncharge(area->owner, nid, n);
		i += n;
		cond_resched();
	}
}

static int fill(struct emucxl_area *area, unsigned int nid)
{
	unsigned long i = 0, k;

	while (i < area->count) {
		struct folio *folio = NULL;

		if (fatal_signal_pending(current))
			return -EINTR;
		if (IS_ALIGNED(area->first + i, EMUCXL_HUGE_PAGES) &&
		    area->count - i >= EMUCXL_HUGE_PAGES)
			folio = emucxl_take_huge(nid, true);
		if (folio) {
			for (k = 0; k < EMUCXL_HUGE_PAGES; k++)
				area->pages[i++] = folio_page(folio, k);
			emucxl_count_huge(nid, EMUCXL_HUGE_PAGES);
		} else {
			area->pages[i] = emucxl_take_page(nid, true);
			if (!area->pages[i])
				return -ENOMEM;
			i++;
		}
		cond_resched();
	}
	return 0;
}

/**
 * emucxl_area_create() - take the memory of one mmap() call
 * @owner: the open file
 * @mapping: the open file's
 * @nid: a node with memory
 * @start: the address that it is mapped at: decides where huge pages can lie
 * @count: pages, at least one
 *
 * Return: the area with one user, or an error pointer.
 */
struct emucxl_area *emucxl_area_create(struct emucxl_file *owner,
				       struct address_space *mapping,
				       unsigned int nid, unsigned long start,
				       unsigned long count)
{
	unsigned long skew = (start >> PAGE_SHIFT) & (EMUCXL_HUGE_PAGES - 1);
	struct emucxl_area *area;
	unsigned long i, taken;
	int err;

	err = emucxl_charge(owner, nid, count);
	if (err)
		return ERR_PTR(err);
	err = -ENOMEM;
	if (emucxl_inject_failure())
		goto no_area;
	area = kzalloc(sizeof(*area), GFP_KERNEL_ACCOUNT);
	if (!area)
		goto no_area;
	if (emucxl_inject_failure())
		goto no_array;
	area->pages = kvcalloc(count, sizeof(*area->pages),
			       GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!area->pages)
		goto no_array;

	kref_init(&area->users);
	mutex_init(&area->change);
	init_rwsem(&area->fault);
	area->owner = owner;
	area->mapping = mapping;
	area->count = count;
	/*
	 * Huge pages need an address and an offset that agree modulo the huge
	 * page size; between two areas there is always a gap.
	 */
	taken = round_up(count, EMUCXL_HUGE_PAGES) + 2 * EMUCXL_HUGE_PAGES;
	area->first = atomic64_fetch_add(taken, &offsets) + skew;

	err = fill(area, nid);
	if (!err)
		return area;

	/* Uncharge what was never taken; the rest goes with its pages. */
	for (i = 0; i < count && area->pages[i]; i++)
		;
	release_pages_of(area, 0, i);
	emucxl_uncharge(owner, nid, count - i);
	if (err == -ENOMEM)
		emucxl_count_refused(nid);
	kvfree(area->pages);
	kfree(area);
	return ERR_PTR(err);

no_array:
	kfree(area);
no_area:
	emucxl_uncharge(owner, nid, count);
	emucxl_count_refused(nid);
	return ERR_PTR(err);
}

static void area_free(struct kref *users)
{
	struct emucxl_area *area = container_of(users, struct emucxl_area, users);

	release_pages_of(area, 0, area->count);
	kvfree(area->pages);
	kfree(area);
}

void emucxl_area_put(struct emucxl_area *area)
{
	kref_put(&area->users, area_free);
}

/* Caller holds i_mmap_rwsem. */
static bool shown(struct emucxl_area *area, unsigned long from, unsigned long to)
{
	return emucxl_vmas_iter_first(&area->mapping->i_mmap, area->first + from,
				      area->first + to - 1);
}

/*
 * Give back those pages of [from, to), all in one huge page's range
 * [low, high), that no VMA shows any more. The huge page is broken for it; if
 * that fails for want of memory, it stays until the whole of it can go.
 */
static void trim_part(struct emucxl_area *area, unsigned long low,
		      unsigned long high, unsigned long from, unsigned long to)
{
	bool whole, part = false;
	unsigned long i, n;

	i_mmap_lock_read(area->mapping);
	whole = !shown(area, low, high);
	for (i = from; !whole && !part && i < to; i++)
		part = area->pages[i] && !shown(area, i, i + 1);
	i_mmap_unlock_read(area->mapping);

	if (whole) {
		release_pages_of(area, low, high);
		return;
	}
	if (!part || (area->pages[from] && emucxl_page_is_huge(area->pages[from]) &&
		      emucxl_break_huge(area, from)))
		return;
	for (i = from; i < to; i += n) {
		i_mmap_lock_read(area->mapping);
		for (n = 0; i + n < to && !shown(area, i + n, i + n + 1); n++)
			;
		i_mmap_unlock_read(area->mapping);
		release_pages_of(area, i, i + n);
		n = max(n, 1UL);
	}
}

/**
 * emucxl_area_trim() - give back what no process shows any more
 * @area: the area
 * @first: page offset where a VMA that has just gone began
 * @last: the last page offset of it
 *
 * That VMA is out of the mapping's tree already. What is not shown now can
 * never be shown again, because a VMA only comes from another that shows the
 * same pages: fork(), a split, mremap().
 */
void emucxl_area_trim(struct emucxl_area *area, pgoff_t first, pgoff_t last)
{
	unsigned long from = first - area->first;
	unsigned long end = last - area->first + 1;
	unsigned long low, high;

	mutex_lock(&area->change);
	for (; from < end; from = high) {
		/* Of the huge page that @from is in, what lies in the area. */
		low = round_down(area->first + from, EMUCXL_HUGE_PAGES);
		high = min(low + EMUCXL_HUGE_PAGES - area->first, area->count);
		low = max(low, area->first) - area->first;
		trim_part(area, low, high, from, min(high, end));
	}
	mutex_unlock(&area->change);
}
