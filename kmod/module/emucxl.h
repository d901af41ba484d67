/* SPDX-License-Identifier: GPL-2.0 */
/*
 * emucxl: memory of a chosen node for user space.
 *
 * An *area* is what one mmap() call got: an array of pages, all of them taken
 * when the call was made. Page tables are filled by the fault handler from that
 * array; nothing is allocated at a fault.
 *
 * Every area has its own range of page offsets in the device's address space,
 * handed out once and never again. A VMA therefore tells by vm_pgoff which pages
 * of its area it shows, however often it was split or moved, two areas never
 * merge, and unmap_mapping_range() finds the page tables of all processes that
 * share an area.
 *
 * Locks, outermost first: mmap_lock, area->change, area->fault, folio lock,
 * i_mmap_rwsem; node->lock is innermost.
 */
#ifndef EMUCXL_H
#define EMUCXL_H

#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "emucxl_ioctl.h"

#ifndef CONFIG_64BIT
#error "emucxl needs a 64 bit kernel: page offsets are never used twice"
#endif

#ifdef CONFIG_TRANSPARENT_HUGEPAGE
#define EMUCXL_HUGE_ORDER	HPAGE_PMD_ORDER
#else
/* No huge pages: the size only groups pages. */
#define EMUCXL_HUGE_ORDER	9
#endif
#define EMUCXL_HUGE_PAGES	BIT(EMUCXL_HUGE_ORDER)
#define EMUCXL_HUGE_SIZE	(PAGE_SIZE << EMUCXL_HUGE_ORDER)

/* One node's limits and figures, in pages. */
struct emucxl_node {
	spinlock_t lock;	/* guards all of it, and the files' shares */
	u64 capacity;		/* EMUCXL_UNLIMITED: the default */
	u64 used;
	u64 huge;
	u64 peak;
	u64 migrated_in;
	u64 refused;		/* a count */
};

/* What one open file may hold and does hold of a node, under the node's lock. */
struct emucxl_share {
	u64 limit;
	u64 used;
};

struct emucxl_file {
	struct emucxl_share *shares;	/* by node */
};

/**
 * struct emucxl_area - the pages of one mmap() call
 * @users: VMAs that show it, and calls at work on it
 * @owner: whose limit its pages count against; outlives the area, because
 *	every VMA holds the open file
 * @mapping: where the VMAs are found
 * @first: page offset of @pages[0]
 * @count: length of @pages
 * @change: see Locks
 * @fault: held for reading to look a page up, for writing (with @change) while
 *	pages are exchanged
 * @pages: NULL where the memory was given back
 */
struct emucxl_area {
	struct kref users;
	struct emucxl_file *owner;
	struct address_space *mapping;
	pgoff_t first;
	unsigned long count;
	struct mutex change;	/* whoever changes @pages */
	struct rw_semaphore fault;
	struct page **pages;
};

/* main.c */
extern bool emucxl_huge;
bool emucxl_inject_failure(void);

/* calls.c */
long emucxl_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

/* space.c */
int emucxl_space_init(void);
void emucxl_space_exit(void);
struct address_space *emucxl_space(void);

/* node.c */
int emucxl_nodes_init(const char *capacities);
void emucxl_nodes_exit(void);
struct emucxl_node *emucxl_node(unsigned int nid);
bool emucxl_node_usable(u64 nid);
u64 emucxl_node_capacity(unsigned int nid);
void emucxl_node_set_capacity(unsigned int nid, u64 bytes);
u64 emucxl_node_free(unsigned int nid);
struct emucxl_node emucxl_node_snapshot(unsigned int nid);
int emucxl_charge(struct emucxl_file *owner, unsigned int nid, u64 pages);
void emucxl_uncharge(struct emucxl_file *owner, unsigned int nid, u64 pages);
void emucxl_count_huge(unsigned int nid, long pages);
void emucxl_count_refused(unsigned int nid);
void emucxl_count_migrated(unsigned int nid, u64 pages);

/* sysfs.c */
const struct attribute_group **emucxl_sysfs_groups(void);
void emucxl_sysfs_free(const struct attribute_group **groups);

/* area.c */
struct emucxl_area *emucxl_area_create(struct emucxl_file *owner,
				       struct address_space *mapping,
				       unsigned int nid, unsigned long start,
				       unsigned long count);
void emucxl_area_put(struct emucxl_area *area);
void emucxl_area_trim(struct emucxl_area *area, pgoff_t first, pgoff_t last);
struct page *emucxl_take_page(unsigned int nid, bool zeroed);
struct folio *emucxl_take_huge(unsigned int nid, bool zeroed);
bool emucxl_page_is_huge(struct page *page);

/* mapping.c */
int emucxl_mmap(struct file *file, struct vm_area_struct *vma);
unsigned long emucxl_get_unmapped_area(struct file *file, unsigned long addr,
				       unsigned long len, unsigned long pgoff,
				       unsigned long flags);
struct emucxl_area *emucxl_area_at(struct file *file, unsigned long address,
				   unsigned long end, unsigned long *index,
				   unsigned long *count);

/* move.c */
int emucxl_move(struct emucxl_area *area, unsigned long index,
		unsigned long count, unsigned int nid, u64 *moved);
int emucxl_break_huge(struct emucxl_area *area, unsigned long index);

#endif /* EMUCXL_H */
