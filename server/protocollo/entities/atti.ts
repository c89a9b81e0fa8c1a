import type { EntitySchema } from '@mikro-orm/core'

export const attiEntities: readonly EntitySchema[] = []
