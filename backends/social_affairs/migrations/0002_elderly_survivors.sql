INSERT INTO beneficiary_group (code, title) VALUES
    ('elderly_survivor', 'Người từ đủ 80 tuổi hưởng trợ cấp tuất hằng tháng mà không có mai táng phí');
