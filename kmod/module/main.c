// SPDX-License-Identifier: GPL-2.0
/*
 * The device /dev/emucxl and the module's parameters.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/nodemask.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "emucxl.h"

static char *capacity;
module_param(capacity, charp, 0444);
MODULE_PARM_DESC(capacity,
		 "Bytes to give per node: N[KMGT][,...] by node number; empty or left out means 7/8 of the node");

bool emucxl_huge = true;
module_param_named(huge, emucxl_huge, bool, 0644);
MODULE_PARM_DESC(huge, "Use huge pages where address and length allow it (default: on)");

/* Counts down with every allocation; the one that brings it to zero fails. */
static atomic_t fail_nth = ATOMIC_INIT(0);

static int fail_nth_set(const char *text, const struct kernel_param *kp)
{
	unsigned int n;
	int err = kstrtouint(text, 0, &n);

	if (err)
		return err;
	if (n > INT_MAX)
		return -ERANGE;
	atomic_set(kp->arg, n);
	return 0;
}

static int fail_nth_get(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%d\n", atomic_read((atomic_t *)kp->arg));
}

static const struct kernel_param_ops fail_nth_ops = {
	.set = fail_nth_set,
	.get = fail_nth_get,
};

module_param_cb(fail_nth, &fail_nth_ops, &fail_nth, 0644);
MODULE_PARM_DESC(fail_nth, "For tests: the n-th allocation from now on fails (0: none)");

/* True if the allocation that the caller is about to make has to fail. */
bool emucxl_inject_failure(void)
{
	return atomic_dec_if_positive(&fail_nth) == 0;
}

static int emucxl_open(struct inode *inode, struct file *file)
{
	struct emucxl_file *owner;
	int nid;

	if (emucxl_inject_failure())
		return -ENOMEM;
	owner = kzalloc(sizeof(*owner), GFP_KERNEL_ACCOUNT);
	if (!owner)
		return -ENOMEM;
	if (!emucxl_inject_failure())
		owner->shares = kcalloc(nr_node_ids, sizeof(*owner->shares),
					GFP_KERNEL_ACCOUNT);
	if (!owner->shares) {
		kfree(owner);
		return -ENOMEM;
	}
	for (nid = 0; nid < nr_node_ids; nid++)
		owner->shares[nid].limit = EMUCXL_UNLIMITED;
	file->private_data = owner;
	file->f_mapping = emucxl_space();
	return nonseekable_open(inode, file);
}

static int emucxl_release(struct inode *inode, struct file *file)
{
	struct emucxl_file *owner = file->private_data;
	int nid;

	/* Every VMA held the file, so that all areas are gone. */
	for (nid = 0; nid < nr_node_ids; nid++)
		WARN_ON_ONCE(owner->shares[nid].used);
	kfree(owner->shares);
	kfree(owner);
	return 0;
}

#ifdef CONFIG_PROC_FS
static void emucxl_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct emucxl_file *owner = file->private_data;
	int nid;

	for_each_node_state(nid, N_MEMORY)
		seq_printf(m, "emucxl-node%d:\t%llu kB\n", nid,
			   READ_ONCE(owner->shares[nid].used) << (PAGE_SHIFT - 10));
}
#endif

static const struct file_operations emucxl_fops = {
	.owner = THIS_MODULE,
	.open = emucxl_open,
	.release = emucxl_release,
	.mmap = emucxl_mmap,
	.get_unmapped_area = emucxl_get_unmapped_area,
	.unlocked_ioctl = emucxl_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
#ifdef CONFIG_PROC_FS
	.show_fdinfo = emucxl_show_fdinfo,
#endif
};

static struct miscdevice emucxl_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "emucxl",
	.fops = &emucxl_fops,
	.mode = 0660,
};

static int __init emucxl_init(void)
{
	int err;

	err = emucxl_nodes_init(capacity);
	if (err)
		return err;
	err = emucxl_space_init();
	if (err)
		goto no_space;
	emucxl_device.groups = emucxl_sysfs_groups();
	if (!emucxl_device.groups) {
		err = -ENOMEM;
		goto no_groups;
	}
	err = misc_register(&emucxl_device);
	if (err)
		goto no_device;
	return 0;

no_device:
	emucxl_sysfs_free(emucxl_device.groups);
no_groups:
	emucxl_space_exit();
no_space:
	emucxl_nodes_exit();
	return err;
}

static void __exit emucxl_exit(void)
{
	misc_deregister(&emucxl_device);
	emucxl_sysfs_free(emucxl_device.groups);
	emucxl_space_exit();
	emucxl_nodes_exit();
}

module_init(emucxl_init);
module_exit(emucxl_exit);

MODULE_DESCRIPTION("Memory of a chosen node for user space");
MODULE_AUTHOR("The emucxl authors");
MODULE_LICENSE("GPL");
