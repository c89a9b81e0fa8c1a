import type { EntitySchema } from '@mikro-orm/core'

export const lavoroEntities: readonly EntitySchema[] = []
