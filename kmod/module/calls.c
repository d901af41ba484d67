// SPDX-License-Identifier: GPL-2.0
/*
 * The ioctls.
 */
#include <linux/capability.h>
#include <linux/nodemask.h>
#include <linux/nospec.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "emucxl.h"

/*
 * Every structure of ours begins with its size. A caller that knows less than
 * we do leaves the rest zero; one that knows more must leave that zero.
 */
static int take_in(void *to, size_t known, void __user *from)
{
	u32 size;

	if (get_user(size, (u32 __user *)from))
		return -EFAULT;
	if (size < known)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;
	return copy_struct_from_user(to, known, from, size);
}

static int hand_out(void __user *to, const void *from, size_t known)
{
	return copy_to_user(to, from, known) ? -EFAULT : 0;
}

/* A node number from user space that may be used as an index. */
static int checked_node(u32 nid)
{
	if (!emucxl_node_usable(nid))
		return -ENODEV;
	return array_index_nospec(nid, nr_node_ids);
}

static bool bad_range(u64 address, u64 length)
{
	return !PAGE_ALIGNED(address) || !PAGE_ALIGNED(length) ||
	       address + length < address || address + length > TASK_SIZE_MAX;
}

static int info(struct emucxl_file *owner, void __user *arg)
{
	struct emucxl_info a;
	int nid, err = take_in(&a, sizeof(a), arg);

	if (err)
		return err;
	a.version = EMUCXL_ABI_VERSION;
	a.nodes = nr_node_ids;
	a.page_size = PAGE_SIZE;
	a.huge_size = 0;
	if (IS_ENABLED(CONFIG_TRANSPARENT_HUGEPAGE) && READ_ONCE(emucxl_huge))
		a.huge_size = EMUCXL_HUGE_SIZE;
	a.memory = 0;
	for_each_node_state(nid, N_MEMORY)
		if (nid < 64)
			a.memory |= BIT_ULL(nid);
	return hand_out(arg, &a, sizeof(a));
}

static int node_stat(struct emucxl_file *owner, void __user *arg)
{
	struct emucxl_node_stat a;
	struct emucxl_node node;
	int nid, err = take_in(&a, sizeof(a), arg);

	if (err)
		return err;
	nid = checked_node(a.node);
	if (nid < 0)
		return nid;
	node = emucxl_node_snapshot(nid);
	a.total = (u64)node_present_pages(nid) << PAGE_SHIFT;
	a.free = emucxl_node_free(nid);
	a.capacity = emucxl_node_capacity(nid);
	a.used = node.used << PAGE_SHIFT;
	a.huge = node.huge << PAGE_SHIFT;
	a.file_limit = READ_ONCE(owner->shares[nid].limit);
	if (a.file_limit != EMUCXL_UNLIMITED)
		a.file_limit <<= PAGE_SHIFT;
	a.file_used = READ_ONCE(owner->shares[nid].used) << PAGE_SHIFT;
	a.migrated_in = node.migrated_in << PAGE_SHIFT;
	a.refused = node.refused;
	return hand_out(arg, &a, sizeof(a));
}

static int set_capacity(struct emucxl_file *owner, void __user *arg)
{
	struct emucxl_capacity a;
	int nid, err = take_in(&a, sizeof(a), arg);

	if (err)
		return err;
	if (a.reserved)
		return -EINVAL;
	nid = checked_node(a.node);
	if (nid < 0)
		return nid;
	switch (a.scope) {
	case EMUCXL_SCOPE_FILE:
		if (a.bytes != EMUCXL_UNLIMITED)
			a.bytes >>= PAGE_SHIFT;
		spin_lock(&emucxl_node(nid)->lock);
		owner->shares[nid].limit = a.bytes;
		spin_unlock(&emucxl_node(nid)->lock);
		return 0;
	case EMUCXL_SCOPE_NODE:
		if (!capable(CAP_SYS_RESOURCE))
			return -EPERM;
		emucxl_node_set_capacity(nid, a.bytes);
		return 0;
	default:
		return -EINVAL;
	}
}

static int migrate_range(struct file *file, struct emucxl_migrate *a, int nid)
{
	unsigned long address = a->address, end = a->address + a->length;

	while (address < end) {
		unsigned long index, count;
		struct emucxl_area *area;
		int err;

		area = emucxl_area_at(file, address, end, &index, &count);
		if (IS_ERR(area))
			return PTR_ERR(area);
		if (!area)
			return -EFAULT;
		err = emucxl_move(area, index, count, nid, &a->moved);
		emucxl_area_put(area);
		if (err)
			return err;
		address += count << PAGE_SHIFT;
	}
	return 0;
}

static int migrate(struct file *file, void __user *arg)
{
	struct emucxl_migrate a;
	int nid, err = take_in(&a, sizeof(a), arg);

	if (err)
		return err;
	if (bad_range(a.address, a.length))
		return -EINVAL;
	nid = checked_node(a.node);
	if (nid < 0)
		return nid;
	a.moved = 0;
	err = migrate_range(file, &a, nid);
	return hand_out(arg, &a, sizeof(a)) ?: err;
}

#define QUERY_BATCH	64

/* The nodes of up to QUERY_BATCH pages. */
static void nodes_of(struct emucxl_area *area, unsigned long index,
		     unsigned long count, s32 *nodes)
{
	unsigned long i;

	for (i = 0; i < count; i++)
		nodes[i] = -1;
	if (!area)
		return;
	/* Not area->fault: pages can be given back under area->change alone. */
	mutex_lock(&area->change);
	for (i = 0; i < count; i++)
		if (area->pages[index + i])
			nodes[i] = page_to_nid(area->pages[index + i]);
	mutex_unlock(&area->change);
}

static int query(struct file *file, void __user *arg)
{
	unsigned long address, end;
	s32 batch[QUERY_BATCH];
	struct emucxl_query a;
	s32 __user *out;
	int err = take_in(&a, sizeof(a), arg);

	if (err)
		return err;
	if (a.reserved || bad_range(a.address, a.length))
		return -EINVAL;
	address = a.address;
	end = a.address + a.length;
	out = u64_to_user_ptr(a.nodes);
	while (address < end) {
		unsigned long index = 0, count;
		struct emucxl_area *area;

		if (fatal_signal_pending(current))
			return -EINTR;
		area = emucxl_area_at(file, address, end, &index, &count);
		if (IS_ERR(area))
			return PTR_ERR(area);
		count = min_t(unsigned long, count, QUERY_BATCH);
		nodes_of(area, index, count, batch);
		if (area)
			emucxl_area_put(area);
		if (copy_to_user(out, batch, count * sizeof(*batch)))
			return -EFAULT;
		out += count;
		address += count << PAGE_SHIFT;
		cond_resched();
	}
	return 0;
}

/* Ours are told apart by number alone, because their structures can grow. */
static long our_ioctl(struct file *file, unsigned int cmd, void __user *arg)
{
	struct emucxl_file *owner = file->private_data;

	if (_IOC_TYPE(cmd) != EMUCXL_IOC_MAGIC)
		return -ENOTTY;
	switch (_IOC_NR(cmd)) {
	case _IOC_NR(EMUCXL_INFO):
		return info(owner, arg);
	case _IOC_NR(EMUCXL_NODE_STAT):
		return node_stat(owner, arg);
	case _IOC_NR(EMUCXL_SET_CAPACITY):
		return set_capacity(owner, arg);
	case _IOC_NR(EMUCXL_MIGRATE):
		return migrate(file, arg);
	case _IOC_NR(EMUCXL_QUERY):
		return query(file, arg);
	default:
		return -ENOTTY;
	}
}

long emucxl_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case EMUCXL_INIT:
	case EMUCXL_EXIT:
	case EMUCXL_ALLOC:
	case EMUCXL_FREE:
		return 0;
	default:
		return our_ioctl(file, cmd, (void __user *)arg);
	}
}
