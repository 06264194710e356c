export interface paths {
    "/kafka/v3/clusters/{cluster_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getKafkaCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/acls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getKafkaAcls"];
        put?: never;
        post: operations["createKafkaAcls"];
        delete: operations["deleteKafkaAcls"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKafkaTopics"];
        put?: never;
        post: operations["createKafkaTopic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/topics/{topic_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getKafkaTopic"];
        put?: never;
        post?: never;
        delete: operations["deleteKafkaTopic"];
        options?: never;
        head?: never;
        patch: operations["updatePartitionCountKafkaTopic"];
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/topics/{topic_name}/configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKafkaTopicConfigs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/topics/{topic_name}/configs:alter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaTopicConfigBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKafkaLinks"];
        put?: never;
        post: operations["createKafkaLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getKafkaLink"];
        put?: never;
        post?: never;
        delete: operations["deleteKafkaLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKafkaLinkConfigs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/configs/{config_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getKafkaLinkConfigs"];
        put: operations["updateKafkaLinkConfig"];
        post?: never;
        delete: operations["deleteKafkaLinkConfig"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/configs:alter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["updateKafkaLinkConfigBatch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKafkaMirrorTopicsUnderLink"];
        put?: never;
        post: operations["createKafkaMirrorTopic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/-/mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKafkaMirrorTopics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors/{mirror_topic_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["readKafkaMirrorTopic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsPromote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:failover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsFailover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:reverse-and-start-mirror": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsReverseAndStartMirror"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:reverse-and-pause-mirror": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsReverseAndPauseMirror"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors:truncate-and-restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["updateKafkaMirrorTopicsTruncateAndRestoreMirror"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ListLinksResponseData: components["schemas"]["Resource"] & components["schemas"]["ListLinksResponseData_allOf"];
        AclDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["inline_response_200"];
        PartitionLevelTruncationData: {
            partition_id: number;
            offset_truncated_to: number;
            messages_truncated: number;
        };
        TopicConfigData: components["schemas"]["AbstractConfigData"] & components["schemas"]["TopicConfigData_allOf"];
        Resource: {
            kind: string;
            metadata: components["schemas"]["ResourceMetadata"];
        };
        CreateTopicRequestData: {
            topic_name: string;
            partitions_count?: number;
            replication_factor?: number;
            configs?: components["schemas"]["CreateTopicRequestData_configs"][];
            validate_only?: boolean;
        };
        AbstractConfigData_allOf: {
            cluster_id: string;
            name: string;
            value?: string | null;
            is_default: boolean;
            is_read_only: boolean;
            is_sensitive: boolean;
            /** @enum {string} */
            source: "DYNAMIC_CLUSTER_LINK_CONFIG" | "DYNAMIC_TOPIC_CONFIG" | "DYNAMIC_BROKER_LOGGER_CONFIG" | "DYNAMIC_BROKER_CONFIG" | "DYNAMIC_DEFAULT_BROKER_CONFIG" | "STATIC_BROKER_CONFIG" | "DEFAULT_CONFIG" | "UNKNOWN";
            synonyms: components["schemas"]["ConfigSynonymData"][];
        };
        /** @enum {string} */
        MirrorTopicStatus: "ACTIVE" | "FAILED" | "LINK_FAILED" | "LINK_PAUSED" | "PAUSED" | "PENDING_STOPPED" | "SOURCE_UNAVAILABLE" | "STOPPED" | "PENDING_MIRROR" | "PENDING_SYNCHRONIZE" | "PENDING_SETUP_FOR_RESTORE" | "PENDING_RESTORE";
        ConfigData: {
            name: string;
            value: string | null;
        };
        TopicConfigDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["TopicConfigDataList_allOf"];
        AlterMirrorStatusResponseData_allOf: {
            mirror_topic_name: string;
            error_message: string | null;
            error_code: number | null;
            mirror_lags: components["schemas"]["MirrorLags"];
            messages_truncated: number | null;
            partition_level_truncation_data: components["schemas"]["PartitionLevelTruncationDataList"];
        };
        Relationship: {
            related: string;
        };
        ListLinksResponseDataList_allOf: {
            data: components["schemas"]["ListLinksResponseData"][];
        };
        ListMirrorTopicsResponseDataList_allOf: {
            data: components["schemas"]["ListMirrorTopicsResponseData"][];
        };
        ResourceCollection: {
            kind: string;
            metadata: components["schemas"]["ResourceCollectionMetadata"];
        };
        /** @enum {string} */
        AclOperation: "UNKNOWN" | "ANY" | "ALL" | "READ" | "WRITE" | "CREATE" | "DELETE" | "ALTER" | "DESCRIBE" | "CLUSTER_ACTION" | "DESCRIBE_CONFIGS" | "ALTER_CONFIGS" | "IDEMPOTENT_WRITE";
        ClusterData_allOf: {
            cluster_id: string;
            controller?: components["schemas"]["Relationship"];
            acls: components["schemas"]["Relationship"];
            brokers: components["schemas"]["Relationship"];
            broker_configs: components["schemas"]["Relationship"];
            consumer_groups: components["schemas"]["Relationship"];
            topics: components["schemas"]["Relationship"];
            partition_reassignments: components["schemas"]["Relationship"];
        };
        /** @enum {string} */
        AclPermission: "UNKNOWN" | "ANY" | "DENY" | "ALLOW";
        TopicConfigData_allOf: {
            topic_name: string;
        };
        ListLinksResponseDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["ListLinksResponseDataList_allOf"];
        TopicDataList_allOf: {
            data: components["schemas"]["TopicData"][];
        };
        AbstractConfigData: components["schemas"]["Resource"] & components["schemas"]["AbstractConfigData_allOf"];
        AclData_allOf: {
            cluster_id: string;
            resource_type: components["schemas"]["AclResourceType"];
            resource_name: string;
            /** @enum {string} */
            pattern_type: "UNKNOWN" | "ANY" | "MATCH" | "LITERAL" | "PREFIXED";
            principal: string;
            host: string;
            /** @enum {string} */
            operation: "UNKNOWN" | "ANY" | "ALL" | "READ" | "WRITE" | "CREATE" | "DELETE" | "ALTER" | "DESCRIBE" | "CLUSTER_ACTION" | "DESCRIBE_CONFIGS" | "ALTER_CONFIGS" | "IDEMPOTENT_WRITE";
            /** @enum {string} */
            permission: "UNKNOWN" | "ANY" | "DENY" | "ALLOW";
        };
        CreateLinkRequestData: {
            source_cluster_id?: string;
            destination_cluster_id?: string;
            remote_cluster_id?: string;
            cluster_link_id?: string;
            configs?: components["schemas"]["ConfigData"][];
        };
        AlterMirrorsRequestData: {
            mirror_topic_names?: string[];
            mirror_topic_name_pattern?: string;
        };
        ListLinkConfigsResponseDataList_allOf: {
            data: components["schemas"]["ListLinkConfigsResponseData"][];
        };
        /** @enum {string} */
        AclPatternType: "UNKNOWN" | "ANY" | "MATCH" | "LITERAL" | "PREFIXED";
        ListMirrorTopicsResponseDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["ListMirrorTopicsResponseDataList_allOf"];
        MirrorLags: components["schemas"]["MirrorLag"][];
        MirrorLag: {
            partition: number;
            lag: number;
            last_source_fetch_offset: number;
        };
        AlterMirrorStatusResponseDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["AlterMirrorStatusResponseDataList_allOf"];
        TopicDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["TopicDataList_allOf"];
        ResourceCollectionMetadata: {
            self: string;
            next?: string | null;
        };
        UpdatePartitionCountRequestData: {
            partitions_count: number;
        };
        ListLinkConfigsResponseData_allOf: {
            cluster_id: string;
            name: string;
            value: string;
            is_default: boolean;
            is_read_only: boolean;
            is_sensitive: boolean;
            /** @enum {string} */
            source: "DYNAMIC_CLUSTER_LINK_CONFIG";
            synonyms: string[];
            link_name: string;
        };
        inline_response_200: {
            data: components["schemas"]["AclData"][];
        };
        AlterConfigBatchRequestData_data: {
            name: string;
            value?: string | null;
            /** @enum {string|null} */
            operation?: "SET" | "DELETE" | null;
        };
        PartitionLevelTruncationDataList: components["schemas"]["PartitionLevelTruncationData"][];
        ListMirrorTopicsResponseData: components["schemas"]["Resource"] & components["schemas"]["ListMirrorTopicsResponseData_allOf"];
        ClusterData: components["schemas"]["Resource"] & components["schemas"]["ClusterData_allOf"];
        AclData: components["schemas"]["Resource"] & components["schemas"]["AclData_allOf"];
        CreateTopicRequestData_configs: {
            name: string;
            value?: string | null;
        };
        ConfigSynonymData: {
            name: string;
            value?: string | null;
            /** @enum {string} */
            source: "DYNAMIC_CLUSTER_LINK_CONFIG" | "DYNAMIC_TOPIC_CONFIG" | "DYNAMIC_BROKER_LOGGER_CONFIG" | "DYNAMIC_BROKER_CONFIG" | "DYNAMIC_DEFAULT_BROKER_CONFIG" | "STATIC_BROKER_CONFIG" | "DEFAULT_CONFIG" | "UNKNOWN";
        };
        Error: {
            error_code: number;
            message: string | null;
        };
        LinkTask: {
            task_name: string;
            /** @enum {string} */
            state: "UNKNOWN" | "ACTIVE" | "IN_ERROR" | "NOT_CONFIGURED" | "LINK_FAILED" | "LINK_UNAVAILABLE" | "LINK_PAUSED";
            errors: components["schemas"]["LinkTaskError"][];
        };
        ListLinksResponseData_allOf: {
            source_cluster_id?: string | null;
            destination_cluster_id?: string | null;
            remote_cluster_id?: string | null;
            link_name: string;
            link_id?: string;
            cluster_link_id: string;
            topic_names: string[];
            /** @enum {string} */
            link_error?: "UNKNOWN" | "NO_ERROR" | "AUTHENTICATION_ERROR" | "UNRESOLVABLE_BOOTSTRAP_ERROR" | "INVALID_BOOTSTRAP_INTERNAL_ENDPOINT_ERROR" | "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR" | "TIMEOUT_ERROR";
            link_error_message?: string | null;
            /** @enum {string} */
            link_state?: "ACTIVE" | "FAILED" | "UNAVAILABLE" | "PAUSED" | "UNKNOWN";
            tasks?: components["schemas"]["LinkTask"][] | null;
            category_counts?: components["schemas"]["LinkCategory"][] | null;
        };
        CreateMirrorTopicRequestData: {
            source_topic_name: string;
            mirror_topic_name?: string;
            replication_factor?: number;
            configs?: components["schemas"]["ConfigData"][];
        };
        AuthorizedOperations: ("UNKNOWN" | "ALL" | "READ" | "WRITE" | "CREATE" | "DELETE" | "ALTER" | "DESCRIBE" | "CLUSTER_ACTION" | "DESCRIBE_CONFIGS" | "ALTER_CONFIGS" | "IDEMPOTENT_WRITE")[];
        AlterConfigBatchRequestData: {
            data: components["schemas"]["AlterConfigBatchRequestData_data"][];
            validate_only?: boolean;
        };
        ListLinkConfigsResponseData: components["schemas"]["Resource"] & components["schemas"]["ListLinkConfigsResponseData_allOf"];
        TopicData: components["schemas"]["Resource"] & components["schemas"]["TopicData_allOf"];
        ListLinkConfigsResponseDataList: components["schemas"]["ResourceCollection"] & components["schemas"]["ListLinkConfigsResponseDataList_allOf"];
        CreateAclRequestData: {
            resource_type: components["schemas"]["AclResourceType"];
            resource_name: string;
            /** @enum {string} */
            pattern_type: "UNKNOWN" | "ANY" | "MATCH" | "LITERAL" | "PREFIXED";
            principal: string;
            host: string;
            /** @enum {string} */
            operation: "UNKNOWN" | "ANY" | "ALL" | "READ" | "WRITE" | "CREATE" | "DELETE" | "ALTER" | "DESCRIBE" | "CLUSTER_ACTION" | "DESCRIBE_CONFIGS" | "ALTER_CONFIGS" | "IDEMPOTENT_WRITE";
            /** @enum {string} */
            permission: "UNKNOWN" | "ANY" | "DENY" | "ALLOW";
        };
        TopicConfigDataList_allOf: {
            data: components["schemas"]["TopicConfigData"][];
        };
        ListMirrorTopicsResponseData_allOf: {
            link_name: string;
            mirror_topic_name: string;
            source_topic_name: string;
            num_partitions: number;
            mirror_lags: components["schemas"]["MirrorLags"];
            mirror_status: components["schemas"]["MirrorTopicStatus"];
            /** @enum {string} */
            mirror_topic_error?: "UNKNOWN" | "NOT_SET" | "NO_ERROR" | "SOURCE_TOPIC_MAY_BE_DELETED" | "SOURCE_TOPIC_ID_CHANGED" | "SOURCE_PARTITIONS_DECREASED" | "NON_MONOTONIC_LOG_APPEND_EPOCH" | "UNEXPECTED_TRUNCATION" | "UNSUPPORTED_MESSAGE_FORMAT" | "NON_MONOTONIC_SOURCE_EPOCH" | "ILLEGAL_STATE" | "UNSUPPORTED_MIRROR_STATE";
            state_time_ms: number;
            mirror_state_transition_errors?: components["schemas"]["LinkTaskError"][];
        };
        TopicData_allOf: {
            cluster_id: string;
            topic_name: string;
            is_internal: boolean;
            replication_factor: number;
            partitions_count: number;
            partitions: components["schemas"]["Relationship"];
            configs: components["schemas"]["Relationship"];
            partition_reassignments: components["schemas"]["Relationship"];
            authorized_operations?: components["schemas"]["AuthorizedOperations"];
        };
        /** @enum {string} */
        AclResourceType: "UNKNOWN" | "ANY" | "TOPIC" | "GROUP" | "CLUSTER" | "TRANSACTIONAL_ID" | "DELEGATION_TOKEN";
        LinkTaskError: {
            error_code: string;
            error_message: string;
        };
        AlterMirrorStatusResponseData: components["schemas"]["Resource"] & components["schemas"]["AlterMirrorStatusResponseData_allOf"];
        ResourceMetadata: {
            self: string;
            resource_name?: string | null;
        };
        UpdateLinkConfigRequestData: {
            value: string;
        };
        LinkCategory: {
            /** @enum {string} */
            state_category: "PAUSED" | "IN_ERROR" | "PENDING" | "ACTIVE" | "NOT_APPLICABLE";
            count: number;
        };
        AlterMirrorStatusResponseDataList_allOf: {
            data: components["schemas"]["AlterMirrorStatusResponseData"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: {
        AlterLinkConfigBatchRequest: {
            content: {
                "application/json": components["schemas"]["AlterConfigBatchRequestData"];
            };
        };
        CreateTopicRequest: {
            content: {
                "application/json": components["schemas"]["CreateTopicRequestData"];
            };
        };
        CreateLinkRequest: {
            content: {
                "application/json": components["schemas"]["CreateLinkRequestData"];
            };
        };
        AlterMirrorsRequest: {
            content: {
                "application/json": components["schemas"]["AlterMirrorsRequestData"];
            };
        };
        AlterTopicConfigBatchRequest: {
            content: {
                "application/json": components["schemas"]["AlterConfigBatchRequestData"];
            };
        };
        CreateMirrorTopicRequest: {
            content: {
                "application/json": components["schemas"]["CreateMirrorTopicRequestData"];
            };
        };
        CreateAclRequest: {
            content: {
                "application/json": components["schemas"]["CreateAclRequestData"];
            };
        };
        UpdateLinkConfigRequest: {
            content: {
                "application/json": components["schemas"]["UpdateLinkConfigRequestData"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getKafkaCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKafkaAcls: {
        parameters: {
            query?: {
                resource_type?: components["schemas"]["AclResourceType"];
                resource_name?: string;
                pattern_type?: components["schemas"]["AclPatternType"];
                principal?: string;
                host?: string;
                operation?: components["schemas"]["AclOperation"];
                permission?: components["schemas"]["AclPermission"];
            };
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AclDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createKafkaAcls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["CreateAclRequest"];
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteKafkaAcls: {
        parameters: {
            query: {
                resource_type: components["schemas"]["AclResourceType"];
                resource_name?: string;
                pattern_type: components["schemas"]["AclPatternType"];
                principal?: string;
                host?: string;
                operation: components["schemas"]["AclOperation"];
                permission: components["schemas"]["AclPermission"];
            };
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["inline_response_200"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKafkaTopics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createKafkaTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["CreateTopicRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicData"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKafkaTopic: {
        parameters: {
            query?: {
                include_authorized_operations?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                topic_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteKafkaTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                topic_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updatePartitionCountKafkaTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                topic_name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdatePartitionCountRequestData"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKafkaTopicConfigs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                topic_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicConfigDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaTopicConfigBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                topic_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterTopicConfigBatchRequest"];
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKafkaLinks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListLinksResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createKafkaLink: {
        parameters: {
            query: {
                link_name: string;
                validate_only?: boolean;
                validate_link?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["CreateLinkRequest"];
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKafkaLink: {
        parameters: {
            query?: {
                include_tasks?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListLinksResponseData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteKafkaLink: {
        parameters: {
            query?: {
                force?: boolean;
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKafkaLinkConfigs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListLinkConfigsResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKafkaLinkConfigs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
                config_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListLinkConfigsResponseData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaLinkConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
                config_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["UpdateLinkConfigRequest"];
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteKafkaLinkConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
                config_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaLinkConfigBatch: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterLinkConfigBatchRequest"];
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKafkaMirrorTopicsUnderLink: {
        parameters: {
            query?: {
                mirror_status?: components["schemas"]["MirrorTopicStatus"];
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMirrorTopicsResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createKafkaMirrorTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["CreateMirrorTopicRequest"];
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKafkaMirrorTopics: {
        parameters: {
            query?: {
                mirror_status?: components["schemas"]["MirrorTopicStatus"];
            };
            header?: never;
            path: {
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMirrorTopicsResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readKafkaMirrorTopic: {
        parameters: {
            query?: {
                include_state_transition_errors?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
                mirror_topic_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMirrorTopicsResponseData"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsPromote: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsFailover: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsPause: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsResume: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsReverseAndStartMirror: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsReverseAndPauseMirror: {
        parameters: {
            query?: {
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKafkaMirrorTopicsTruncateAndRestoreMirror: {
        parameters: {
            query?: {
                include_partition_level_truncation_data?: boolean;
                validate_only?: boolean;
            };
            header?: never;
            path: {
                cluster_id: string;
                link_name: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["AlterMirrorsRequest"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlterMirrorStatusResponseDataList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
